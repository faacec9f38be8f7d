-- What webhooks are still to be told, written in the transaction that it tells of. Rows go when they are delivered; those
-- that nobody took for too long stay, as DEAD.
create table webhook_outbox (
    event_id     varchar(64)  not null,
    webhook      varchar(190) not null,
    run_id       varchar(64)  not null,
    body         longtext not null,
    state        varchar(16)  not null,
    attempts     integer      not null,
    created_at   datetime(6) not null,
    next_attempt datetime(6) not null,
    last_failure longtext,
    constraint pk_webhook_outbox primary key (event_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
create index ix_webhook_outbox_due on webhook_outbox (state, next_attempt);
