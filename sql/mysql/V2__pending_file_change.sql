-- What is to change in files: one row for each changed object, until its file is written again.
-- `content` is the whole object as JSON, null when it is deleted; `token` is new with each change.
create table pending_file_change (
    id_key     varbinary(768) not null,
    object_set varchar(255)   not null,
    change_no  bigint         not null auto_increment unique,
    token      bigint         not null,
    id         varchar(768)   not null,
    content    longtext,
    constraint pk_pending_file_change primary key (id_key, object_set)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
create index ix_pending_file_change on pending_file_change (object_set, change_no);

-- Who writes a file locks its row here.
create table pending_file (
    object_set varchar(255) not null primary key
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
