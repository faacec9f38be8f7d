package dev.concord.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

class ScratchDatabaseTest {

    private static final Path HOME = Path.of("somewhere");

    @Test
    void theEmbeddedDatabaseHasTheSettingsOfTheProduct() throws Exception {
        String settings = new ClassPathResource("application.yaml").getContentAsString(StandardCharsets.UTF_8);
        assertThat(settings)
                .contains("url: jdbc:h2:file:${concord.home}/data/concord" + EmbeddedDatabase.SETTINGS + "\n");
    }

    @Test
    void theProductFindsTheEmbeddedDatabaseByItself() {
        assertThat(ScratchDatabase.of("h2", HOME, null, null).environment()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql://db:3306/?user=root&x=/y, jdbc:mysql://db:3306/concord_bench?user=root&x=/y",
        "jdbc:mysql://db:3306/concord?user=root, jdbc:mysql://db:3306/concord_bench?user=root",
        "jdbc:mysql://db/concord, jdbc:mysql://db/concord_bench",
        "jdbc:mysql://db, jdbc:mysql://db/concord_bench"
    })
    void onAServerTheProductIsSentToTheScratchDatabaseAndToNoOther(String address, String scratch) {
        assertThat(ScratchDatabase.of(address, HOME, "me", "secret").environment())
                .isEqualTo(Map.of(
                        "SPRING_DATASOURCE_URL",
                        scratch,
                        "SPRING_DATASOURCE_USERNAME",
                        "me",
                        "SPRING_DATASOURCE_PASSWORD",
                        "secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"H2", "mysql", "jdbc:h2:mem:x", "jdbc:postgresql://db/x?password=secret", ""})
    void otherAddressesAreRefusedWithoutRepeatingThem(String address) {
        assertThatThrownBy(() -> ScratchDatabase.of(address, HOME, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("jdbc:mysql://")
                .hasMessageNotContaining("secret");
    }
}
