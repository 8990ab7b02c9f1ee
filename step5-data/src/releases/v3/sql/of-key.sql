select author as name, message, written_at from entries where request_key = :key
