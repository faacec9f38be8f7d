package dev.concord.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://root:s3cret@db.example:3306/concord",
                "jdbc:mysql://root:s3cret;?x@db.example:3306/concord",
                "jdbc:mysql://db.example:3306/concord?user=root&password=s3cret",
                "jdbc:h2:file:/data/concord;USER=root;PASSWORD=s3cret",
                "jdbc:oracle:thin:root/s3cret@//db.example:1521/concord",
                "jdbc:foo:root/s3cret@concord",
            })
    void credentialsAreLeftOut(String url) {
        assertThat(DatabaseAddress.of(url))
                .startsWith("jdbc:")
                .endsWith("concord")
                .doesNotContain("s3cret", "root");
    }
}
