-- Who changed what. Rows are only ever added; each holds the hash of the one before. Row 0 is the beginning that the
-- first one follows, and what those who add rows lock, so that they do it one after the other.
create table audit_entry (
    entry_number  bigint       not null,
    happened_at   timestamp(6) not null,
    door          varchar(16)  not null,
    actor         varchar(255) not null,
    address       varchar(255) not null,
    roles         varchar(255),
    request_id    varchar(64),
    event         varchar(40)  not null,
    run_id        varchar(64),
    mapping       varchar(255),
    object        clob,
    why           clob,
    details       clob         not null,
    previous_hash char(64)     not null,
    hash          char(64)     not null,
    constraint pk_audit_entry primary key (entry_number)
);
create index ix_audit_entry_time on audit_entry (happened_at);
create index ix_audit_entry_run on audit_entry (run_id);

insert into audit_entry (entry_number, happened_at, door, actor, address, event, details, previous_hash, hash)
values (0, timestamp '1970-01-01 00:00:00', 'SERVER', '', '', 'trail.begun', '{}', repeat('0', 64), repeat('0', 64));
