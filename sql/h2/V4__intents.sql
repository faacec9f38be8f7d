-- What a page is about to write to a target outside of this database, committed before the target is called: compressed
-- JSON lines, one for each record. The rows go with the commit of the segment that they were written ahead of.
create table intent (
    run_id       varchar(64) not null,
    phase        varchar(16) not null,
    partition_no integer     not null,
    segment_no   integer     not null,
    intent_no    integer     not null,
    epoch        bigint      not null,
    content      blob        not null,
    constraint pk_intent primary key (run_id, phase, partition_no, segment_no, intent_no)
);
