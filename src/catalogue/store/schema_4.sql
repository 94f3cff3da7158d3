-- When the go ended in which the entry was overwritten; null while it is open.
ALTER TABLE former ADD COLUMN ended INTEGER;
