package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.record.Json;
import dev.concord.system.ObjectSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {

    @Test
    void secretsAreTakenOutAsTheyAreInAnyCaseAndAsJsonSpellsThem() {
        List<String> secrets = List.of("Pa\"ss.*", "Straße", "123");
        assertThat(Redaction.of("it is Pa\"ss.*, pa\"SS.*, \"Pa\\\"ss.*\" or STRAßE 123!", secrets))
                .isEqualTo("it is ***, ***, \"***\" or *** ***!");
        assertThat(Redaction.of("nothing of them", secrets)).isEqualTo("nothing of them");
        assertThat(Redaction.of(null, secrets)).isNull();
    }

    @Test
    void aSecretInsideALongerOneLeavesNothingOfIt() {
        assertThat(Redaction.of("hunter22", List.of("hunter2", "hunter22"))).isEqualTo("***");
        assertThat(Redaction.of("a b", List.of("a", ""))).as("no secrets").isEqualTo("a b");
    }

    @Test
    void aValueThatIsASecretAsAWholeIsHiddenHoweverShortAndAsANumberToo() {
        List<String> secrets = List.of("124500", "97500", "PIN4", "40", "1.50E+3");
        for (Object hidden : List.of(
                124500,
                124500L,
                124500.0,
                "97500.00",
                "97500",
                97500,
                "pin4",
                1500,
                List.of(1, 97500),
                Map.of("a", 97500))) {
            assertThat(Redaction.isNeeded(hidden, secrets)).as("%s", hidden).isTrue();
        }
        for (Object shown : List.of(40, "40", 97501, "a 97500 b", "PIN", true, List.of(), "12" + "0".repeat(60))) {
            assertThat(Redaction.isNeeded(shown, secrets)).as("%s", shown).isFalse();
        }
    }

    @Test
    void whatMayNotBeSeenIsWhatTheSchemaHidesAndWhatIsHashedOrEncrypted() {
        ObjectSchema schema = new ObjectSchema(
                Map.of(
                        "pin",
                        new AttributeDefinition(
                                "pin", AttributeType.OBJECT, false, false, false, false, false, true, null)),
                true,
                false,
                true);
        Map<String, Object> object = Json.readObject("""
                {"name": "Ada", "pin": {"a": ["x1", 22]},
                 "other": [{"$crypto": {"type": "salted-hash", "value": {"algorithm": "SHA-256", "data": "AAAA"}}}]}""");
        assertThat(Redaction.secrets(object, schema))
                .contains("x1", "22", "AAAA")
                .doesNotContain("Ada");
    }
}
