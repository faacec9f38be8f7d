target.note = "kept"
