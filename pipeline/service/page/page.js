"use strict";

// The token stays in this tab, and goes with every request; nothing else is kept.
const field = (id) => document.getElementById(id);
const KEY = "token";
const SHOWN = [
  "segment_name", "unsegmented_reason", "lifecycle_state", "confidence", "order_count", "revenue",
  "recency_days", "event_count", "model_version",
];
const LANGUAGE = document.documentElement.lang;
const WORDS = JSON.parse(field("words").textContent);
const names = new Map();

// A text of the page with its places filled in.
const say = (key, values = {}) =>
  WORDS[key].replace(/\{(\w+)\}/g, (_, place) => values[place]);
const written = (number, options) => number.toLocaleString(LANGUAGE, options);
// What the service has in this language, else in English.
const own = (row, name) => row[`${name}_${LANGUAGE}`] || row[name];

async function ask(path) {
  const answer = await fetch(path, {
    headers: { Authorization: `Bearer ${sessionStorage.getItem(KEY) || ""}` },
  });
  if (answer.ok) return answer;
  if (`refused_${answer.status}` in WORDS) throw new Error(say(`refused_${answer.status}`));
  let detail = "";
  try { detail = (await answer.json()).detail; } catch { /* no JSON: the status says enough */ }
  throw new Error(say("refused", { status: answer.status, detail }));
}

async function attempt(work) {
  field("problem").textContent = "";
  try { await work(); } catch (error) { field("problem").textContent = error.message; }
}

function cell(row, text) {
  const made = row.insertCell();
  made.textContent = text;
  return made;
}

function showSegment(segment) {
  const row = field("segments").insertRow();
  const name = own(segment, "segment_name");
  names.set(segment.segment_id, name);
  cell(row, name);
  cell(row, written(segment.user_count));
  const share = segment.revenue_share;
  cell(row, share === null ? "" : written(share, { style: "percent", maximumFractionDigits: 1 }));
  cell(row, own(segment, "recommended_action") || "");
  const button = document.createElement("button");
  button.textContent = say("download");
  button.setAttribute("aria-label", say("download_segment", { name }));
  button.addEventListener("click", () => attempt(() => download(segment)));
  cell(row, "").append(button);
}

async function download(segment) {
  const answer = await ask(`segments/${segment.segment_id}/audience.csv`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `segment_${segment.segment_id}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function open() {
  const segments = await (await ask("segments")).json();
  field("segments").replaceChildren();
  segments.forEach(showSegment);
  field("access").hidden = true;
  field("content").hidden = false;
}

// A value of a customer as it is read: codes in words, numbers in the language of the page.
function readable(customer, name) {
  const value = customer[name];
  if (name === "segment_name") return names.get(customer.segment_id) || value;
  if (name === "lifecycle_state") return WORDS[`state_${value}`] || value;
  if (name === "unsegmented_reason") return WORDS[`reason_${value}`] || value;
  if (name === "confidence") return written(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return typeof value === "number" ? written(value) : String(value);
}

async function lookUp() {
  const found = field("found");
  found.replaceChildren();
  const id = encodeURIComponent(field("customer").value.trim());
  const customer = await (await ask(`customers/${id}`)).json();
  for (const name of SHOWN) {
    if (customer[name] === null || customer[name] === undefined) continue;
    const term = document.createElement("dt");
    const text = document.createElement("dd");
    term.textContent = say(name);
    text.textContent = readable(customer, name);
    found.append(term, text);
  }
}

async function showPublication() {
  const health = await (await fetch("health")).json();
  const day = health.as_of
    ? new Date(`${health.as_of}T00:00`).toLocaleDateString(LANGUAGE, { dateStyle: "medium" }) : "";
  field("publication").textContent = say("publication", {
    customers: written(health.customer_count), day, version: health.model_version,
  });
}

field("access").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, field("token").value.trim());
  attempt(open);
});
field("lookup").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(lookUp);
});
attempt(showPublication);
if (sessionStorage.getItem(KEY)) attempt(open);
