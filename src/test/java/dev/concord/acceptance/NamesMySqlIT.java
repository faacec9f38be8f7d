package dev.concord.acceptance;

import dev.concord.testing.Databases;
import java.util.List;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesMySqlIT extends NamesContract {

    @Override
    Databases kind() {
        return Databases.MYSQL;
    }

    @Override
    List<String> collations() {
        return List.of(
                "varchar(50) collate utf8mb4_0900_ai_ci",
                "varchar(50) collate utf8mb4_turkish_ci",
                "varchar(50) collate utf8mb4_bin",
                "varchar(50) collate utf8mb4_0900_bin");
    }
}
