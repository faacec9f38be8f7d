-- How far a partition is, is the last id that was read, and ids of tables elsewhere are as long as they like.
alter table segment alter column last_key set data type varchar;
