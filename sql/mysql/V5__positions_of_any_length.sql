-- How far a partition is, is the last id that was read, and ids of tables elsewhere are as long as they like.
alter table segment modify last_key mediumtext;
