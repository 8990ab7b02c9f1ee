package dev.zerodowntime.step5;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

import static java.util.Collections.reverse;

/**
 * Keeps the entries in the database. A release brings its own SQL, in the folder
 * {@code sql} of the class path, and the migrations that it needs.
 */
@Component
class GuestBook {

	private final JdbcClient database;

	private final Sql add = Sql.named("add");

	private final Sql last = Sql.named("last");

	private final Sql ofKey = Sql.named("of-key");

	private final TransactionTemplate transaction;

	GuestBook(JdbcClient database, TransactionTemplate transaction) throws IOException {
		this.database = database;
		this.transaction = transaction;
	}

	/**
	 * The entries that were written last.
	 * @param count how many at most
	 * @return the oldest first
	 */
	List<Entry> last(int count) {
		List<Entry> entries = this.database.sql(this.last.text())
			.param("count", count)
			.query((row, number) -> entry(row))
			.list();
		reverse(entries);
		return entries;
	}

	/**
	 * Adds an entry.
	 * @param entry what is added
	 * @param key the request's idempotency key: an entry that was added with the same one
	 * is not added again; {@code null} if the client sent none
	 * @return the entry that is in the guest book now
	 */
	Entry add(Entry entry, @Nullable String key) {
		int added = this.database.sql(this.add.text())
			.param("name", entry.name())
			.param("message", entry.message())
			.param("at", entry.at().atOffset(ZoneOffset.UTC))
			.param("key", key)
			.update();
		return (added == 1) ? entry
				: this.database.sql(this.ofKey.text()).param("key", key).query((row, number) -> entry(row)).single();
	}

	/**
	 * Does all that {@link #add} does, and undoes it: nobody ever sees the entry.
	 * @param entry what would be added
	 * @return the entry
	 */
	Entry tryToAdd(Entry entry) {
		this.transaction.executeWithoutResult((status) -> {
			status.setRollbackOnly();
			add(entry, null);
		});
		return entry;
	}

	private static Entry entry(ResultSet row) throws SQLException {
		return new Entry(row.getString("name"), row.getString("message"),
				row.getObject("written_at", OffsetDateTime.class).toInstant());
	}

}
