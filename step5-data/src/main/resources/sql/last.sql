select name, message, written_at from entries order by id desc limit :count
