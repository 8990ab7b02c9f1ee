select coalesce(author, name) as name, message, written_at from entries order by id desc limit :count
