-- What failed in a run and is visited again later, by whichever server is there then. `run_id` is the id that the attempt
-- has as a run, or would have had.
create table waiting_retry (
    after_run varchar(64)  not null,
    run_id    varchar(64)  not null,
    first_run varchar(64)  not null,
    mapping   varchar(255) not null,
    attempt   integer      not null,
    attempts  integer      not null,
    due_at    datetime(6) not null,
    constraint pk_waiting_retry primary key (after_run)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
create index ix_waiting_retry_due on waiting_retry (due_at);
