-- Links join one object of the first set with one of the second. Keys are what ids are compared by (byte by byte);
-- the ids beside them are spelled as their systems spell them.
create table link (
    first_key   varbinary(768) not null,
    link_type   varchar(128)   not null,
    qualifier   varchar(64)    not null,
    second_key  varbinary(768) not null,
    first_id    varchar(768)   not null,
    second_id   varchar(768)   not null,
    revision    integer        not null,
    constraint pk_link primary key (first_key, link_type, qualifier),
    constraint uk_link_second unique (second_key, link_type, qualifier)
);

-- One row for each run of a mapping. What the run means is frozen in `closure`.
create table recon_run (
    run_id          varchar(64)   not null primary key,
    run_number      bigint generated always as identity,
    mapping         varchar(255)  not null,
    link_type       varchar(128)  not null,
    kind            varchar(32)   not null,
    analysis        boolean       not null,
    parameters      clob          not null,
    closure         clob          not null,
    closure_hash    varchar(64)   not null,
    seed            bigint        not null,
    state           varchar(32)   not null,
    stage           varchar(64)   not null,
    run_condition   varchar(32),
    message         clob,
    facts           clob          not null,
    totals          clob,
    started_at      timestamp(6)  not null,
    ended_at        timestamp(6)
);
create index ix_recon_run_mapping on recon_run (mapping, run_number);

-- Who may work on a link type right now. `epoch` counts the holders.
create table run_lease (
    link_type   varchar(128) not null primary key,
    epoch       bigint       not null,
    run_id      varchar(64),
    holder      varchar(255),
    expires_at  timestamp(6)
);

-- The ledger: each page that commits appends one segment, in the same transaction. Segment 0 opens a partition:
-- `opening` holds its range.
create table segment (
    run_id       varchar(64)  not null,
    phase        varchar(16)  not null,
    partition_no integer      not null,
    segment_no   integer      not null,
    seq          bigint generated always as identity,
    epoch        bigint       not null,
    token        varchar(36)  not null,
    opening      clob,
    last_key     varchar(2000),
    counts       clob         not null,
    handled      blob,
    constraint pk_segment primary key (run_id, phase, partition_no, segment_no)
);

-- The report lines of a segment, compressed, in parts.
create table segment_entries (
    run_id       varchar(64) not null,
    phase        varchar(16) not null,
    partition_no integer     not null,
    segment_no   integer     not null,
    part_no      integer     not null,
    content      blob        not null,
    constraint pk_segment_entries primary key (run_id, phase, partition_no, segment_no, part_no)
);
