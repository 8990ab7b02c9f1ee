insert into entries (author, message, written_at, request_key)
values (:name, :message, :at, :key)
on conflict do nothing
