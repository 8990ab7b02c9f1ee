select coalesce(author, name) as name, message, written_at from entries where request_key = :key
