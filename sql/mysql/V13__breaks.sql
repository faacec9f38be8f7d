-- How long a run that was continued had been ended before: no part of how long it took.
alter table recon_run add column breaks_ms bigint not null default 0;
