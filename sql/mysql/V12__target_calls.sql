-- The calls of a run's target, of all processes that worked on it: how many, and how long they took together. Goes with its
-- run.
create table target_call (
    run_id       varchar(64)  not null,
    target       varchar(255) not null,
    operation    varchar(16)  not null,
    outcome      varchar(16)  not null,
    calls        bigint       not null,
    nanoseconds  bigint       not null,
    constraint pk_target_call primary key (run_id, target, operation, outcome)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
