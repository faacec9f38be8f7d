-- What webhooks are still to be told, written in the transaction that it tells of. Rows go when they are delivered; those
-- that nobody took for too long stay, as DEAD.
create table webhook_outbox (
    event_id     varchar(64)  not null,
    webhook      varchar(190) not null,
    run_id       varchar(64)  not null,
    body         clob not null,
    state        varchar(16)  not null,
    attempts     integer      not null,
    created_at   timestamp(6) not null,
    next_attempt timestamp(6) not null,
    last_failure clob,
    constraint pk_webhook_outbox primary key (event_id)
);
create index ix_webhook_outbox_due on webhook_outbox (state, next_attempt);
