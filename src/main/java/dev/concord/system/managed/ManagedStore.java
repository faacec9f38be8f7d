package dev.concord.system.managed;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.ManagedType;
import dev.concord.system.ObjectSet;
import dev.concord.system.jdbc.Database;
import dev.concord.system.jdbc.TableLayout;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;

/**
 * Opens managed types. Objects of a type lie in the table {@code managed_<type>}: {@code _id}, {@code _rev} (a number
 * that counts up), and a column for each attribute; lists and objects are JSON text. Texts compare by character in
 * every database. Date-times are moments: they are kept and given back in UTC, and one without an offset is taken as
 * UTC. Unique and indexed texts hold at most 255 characters.
 */
public final class ManagedStore {

    private static final int MOST_FAILURES = 8;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Database database;

    public ManagedStore(DataSource platform) {
        this.database = Database.platform(platform);
    }

    /**
     * The objects of a type. Makes or extends its table first, outside of the caller's transaction: call it before one
     * has begun. Attributes that went away keep their columns. Throws {@link IllegalArgumentException} saying what to
     * do when an attribute changed its type, or its definition cannot be a column.
     */
    public ObjectSet open(ManagedType type) {
        ManagedTable table = ManagedTable.of(type);
        TableLayout layout = layout(table, type);
        for (int failures = 1; ; failures++) {
            try {
                table.makeReady(database);
                return database.open(layout);
            } catch (DataAccessException e) {
                // Another node may be making the same table; some databases cannot even list tables meanwhile.
                if (failures == MOST_FAILURES) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.multipliedBy(failures).toNanos());
            }
        }
    }

    private static TableLayout layout(ManagedTable table, ManagedType type) {
        Map<String, AttributeDefinition> definitions = type.attributes();
        Map<String, String> columns = new LinkedHashMap<>();
        definitions.keySet().forEach(name -> columns.put(name, name));
        return new TableLayout(
                "managed/" + type.name(),
                table.name(),
                ManagedTable.ID,
                ManagedTable.REVISION,
                columns,
                definitions,
                true);
    }
}
