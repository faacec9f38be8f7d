package dev.concord.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** H2 in a file of a home, opened just as the product opens it. */
record EmbeddedDatabase(Path home) implements ScratchDatabase {

    /** As in application.yaml. */
    static final String SETTINGS = ";WRITE_DELAY=0;AUTO_SERVER=TRUE;TRACE_LEVEL_FILE=0";

    /** Rows come while the query still works; otherwise H2 would gather them all first, beyond some in a file. */
    private static final String STREAMING = ";LAZY_QUERY_EXECUTION=1";

    private static final int ROWS_AHEAD = 1000;

    @Override
    public String label() {
        return "h2";
    }

    @Override
    public Connection connect() throws SQLException {
        return ScratchDatabase.opened(
                "jdbc:h2:file:" + home.toAbsolutePath() + "/data/concord" + SETTINGS + STREAMING, new Properties());
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public int streamingFetchSize() {
        return ROWS_AHEAD;
    }

    @Override
    public String quoted(String name) {
        return "\"" + name + "\"";
    }

    @Override
    public String text(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    @Override
    public void create() {}

    @Override
    public void drop() {}
}
