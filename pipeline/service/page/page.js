"use strict";

// The token stays in this tab, and goes with every request; nothing else is kept.
const field = (id) => document.getElementById(id);
const KEY = "token";
const SHOWN = [
  ["segment_name", "Segment"], ["unsegmented_reason", "Why there is none"],
  ["lifecycle_state", "State"], ["confidence", "Confidence"], ["order_count", "Orders"],
  ["revenue", "Revenue"], ["recency_days", "Days since the last event"],
  ["event_count", "Events"], ["model_version", "Model version"],
];

async function ask(path) {
  const answer = await fetch(path, {
    headers: { Authorization: `Bearer ${sessionStorage.getItem(KEY) || ""}` },
  });
  if (answer.ok) return answer;
  let detail = `The service answered ${answer.status}.`;
  try { detail = (await answer.json()).detail; } catch { /* no JSON: the status says enough */ }
  throw new Error(detail);
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
  cell(row, segment.segment_name);
  cell(row, segment.user_count.toLocaleString());
  const share = segment.revenue_share;
  cell(row, share === null ? "" : `${(100 * share).toFixed(1)} %`);
  cell(row, segment.recommended_action || "");
  const button = document.createElement("button");
  button.textContent = "Download";
  button.setAttribute("aria-label", `Download ${segment.segment_name}`);
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

async function lookUp() {
  const found = field("found");
  found.replaceChildren();
  const id = encodeURIComponent(field("customer").value.trim());
  const customer = await (await ask(`customers/${id}`)).json();
  for (const [name, title] of SHOWN) {
    const value = customer[name];
    if (value === null || value === undefined) continue;
    const term = document.createElement("dt");
    const text = document.createElement("dd");
    term.textContent = title;
    text.textContent = name === "confidence" ? value.toFixed(2) : String(value);
    found.append(term, text);
  }
}

async function showPublication() {
  const health = await (await fetch("health")).json();
  field("publication").textContent =
    `${health.customer_count.toLocaleString()} customers, as of ${health.as_of}, model version ${health.model_version}`;
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
