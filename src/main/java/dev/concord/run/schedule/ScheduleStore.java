package dev.concord.run.schedule;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The schedules that were made over REST: JSON text by name. Safe for use by several threads and processes. */
final class ScheduleStore {

    private final JdbcTemplate jdbc;

    ScheduleStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<String, String> all() {
        Map<String, String> documents = new LinkedHashMap<>();
        jdbc.query("select schedule_name, document from schedule order by schedule_name", row -> {
            documents.put(row.getString(1), row.getString(2));
        });
        return documents;
    }

    /** Answers whether there was none of this name. */
    boolean create(String name, String document) {
        try {
            jdbc.update("insert into schedule (schedule_name, document) values (?,?)", name, document);
            return true;
        } catch (DuplicateKeyException there) {
            return false;
        }
    }

    void replace(String name, String document) {
        jdbc.update("update schedule set document = ? where schedule_name = ?", document, name);
    }

    boolean delete(String name) {
        return jdbc.update("delete from schedule where schedule_name = ?", name) > 0;
    }
}
