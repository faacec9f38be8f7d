-- What retention took of a run: since when its entries are not to be read any more, what its segments came to by phase,
-- and since when these are gone, too.
alter table recon_run add column entries_dropped_at timestamp(6);
alter table recon_run add column phase_totals clob;
alter table recon_run add column segments_dropped_at timestamp(6);
create index ix_recon_run_segments on recon_run (mapping, segments_dropped_at, run_number);
create index ix_recon_run_state on recon_run (state, entries_dropped_at);
