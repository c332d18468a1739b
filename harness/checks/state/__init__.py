"""What a target remembers: load, other clients, failures, shared beginnings, time, memory, length and company."""
