-- Keyed digests of the secrets that were written last to the object of a side, by attribute, as JSON: what cannot be
-- read back, or only be compared at great cost, is compared with these.
alter table link add column first_digests text;
alter table link add column second_digests text;
