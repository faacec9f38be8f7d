package dev.concord.system.jdbc;

import dev.concord.testing.Databases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class TableMariaDbIT extends TableMySqlContract {
    TableMariaDbIT() {
        super(Databases.MARIADB);
    }

    /** JSON is another word for text here; it takes a declaration to tell. */
    @Override
    Map<String, String> everyType() {
        Map<String, String> columns = super.everyType();
        columns.remove("data");
        columns.put("token", "uuid");
        return columns;
    }

    @Override
    List<Map<String, Object>> values() {
        return super.values().stream()
                .map(object -> {
                    Map<String, Object> changed = new HashMap<>(object);
                    changed.remove("data");
                    changed.put("token", "0a1b2c3d-0000-4000-8000-00000000abcd");
                    return changed;
                })
                .toList();
    }
}
