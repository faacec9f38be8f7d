package dev.concord.acceptance;

import dev.concord.testing.Databases;
import java.util.List;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesH2IT extends NamesContract {

    @Override
    Databases kind() {
        return Databases.H2;
    }

    @Override
    List<String> collations() {
        return List.of("varchar(50)", "varchar_ignorecase(50)");
    }
}
