create table contact (contact_id int)
