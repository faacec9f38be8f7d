-- Each time that a guard stopped a run: what was counted, what it was measured by, what is allowed in words; and what
-- somebody decided about it. Goes with its run.
create table guard_trip (
    run_id       varchar(64)  not null,
    trip_no      integer      not null,
    guard_name   varchar(32)  not null,
    subject      varchar(128) not null,
    planned      bigint       not null,
    base         bigint       not null,
    limit_text   varchar(255) not null,
    tripped_at   timestamp(6) not null,
    decision     varchar(16),
    decided_by   varchar(255),
    reason       clob,
    decided_at   timestamp(6),
    constraint pk_guard_trip primary key (run_id, trip_no)
);
create index ix_recon_run_condition on recon_run (run_condition, mapping);

-- An empty source was a condition of its own; it is a guard like others now.
insert into guard_trip (run_id, trip_no, guard_name, subject, planned, base, limit_text, tripped_at)
    select run_id, 1, 'EMPTY_SOURCE', 'source records', 0, 0, 'allowEmptySourceSet', coalesce(ended_at, started_at)
    from recon_run where run_condition = 'EMPTY_SOURCE';
update recon_run set run_condition = 'SUPERSEDED' where run_condition = 'EMPTY_SOURCE' and run_number < (
    select newest from (select mapping as of_mapping, max(run_number) as newest from recon_run
        where kind = 'FULL' and analysis = false group by mapping) later where later.of_mapping = recon_run.mapping);
update recon_run set run_condition = 'WAITING_FOR_APPROVAL' where run_condition = 'EMPTY_SOURCE';
