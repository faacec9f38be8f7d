package dev.concord.canary;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.concord.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.InflaterInputStream;

/** Reads all tables of a platform database, but those that are target systems themselves. */
final class Tables {

    private static final Map<String, Output> KNOWN = Map.of(
            "recon_run", Output.RUN_ROWS,
            "audit_entry", Output.AUDIT,
            "segment_entries", Output.ENTRIES,
            "intent", Output.INTENTS,
            "kept_intent", Output.INTENTS,
            "pending_file_change", Output.PENDING,
            "kept_pending_file_change", Output.PENDING,
            "webhook_outbox", Output.WEBHOOKS,
            "kept_webhook_outbox", Output.WEBHOOKS);

    private static final Set<String> NO_TEXTS = Set.of("handled", "first_key", "second_key");

    private final TestDatabase database;

    Tables(TestDatabase database) {
        this.database = database;
    }

    void lookAt(Findings findings) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            for (String name : names(connection)) {
                String table = name.toLowerCase(Locale.ROOT);
                if (!table.startsWith("managed_")) {
                    look(connection, name, KNOWN.getOrDefault(table, Output.OTHER_ROWS), findings);
                }
            }
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        DatabaseMetaData about = connection.getMetaData();
        List<String> names = new ArrayList<>();
        boolean h2 = about.getURL().startsWith("jdbc:h2:");
        try (ResultSet tables = about.getTables(
                connection.getCatalog(), h2 ? "PUBLIC" : null, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static void look(Connection connection, String table, Output output, Findings findings)
            throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + quote + table + quote)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    String column = rows.getMetaData().getColumnLabel(i);
                    byte[] bytes = NO_TEXTS.contains(column.toLowerCase(Locale.ROOT)) ? null : bytes(rows, i);
                    if (bytes != null) {
                        findings.look(output, table + "." + column, text(bytes));
                    }
                }
            }
        }
    }

    private static byte[] bytes(ResultSet rows, int column) throws SQLException {
        String type = rows.getMetaData().getColumnTypeName(column).toUpperCase(Locale.ROOT);
        if (type.contains("BLOB") || type.contains("BINARY")) {
            return rows.getBytes(column);
        }
        String text = rows.getString(column);
        return text == null ? null : text.getBytes(UTF_8);
    }

    /** What is compressed is looked at as it was before. */
    private static String text(byte[] bytes) {
        try (InflaterInputStream inflated = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return new String(inflated.readAllBytes(), UTF_8);
        } catch (IOException plain) {
            String text = new String(bytes, UTF_8);
            return text.contains("\uFFFD") ? new String(bytes, ISO_8859_1) : text;
        }
    }
}
