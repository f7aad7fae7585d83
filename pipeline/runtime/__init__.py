"""What every room stands on: errors, settings, memory, progress, files, how a process ends."""
