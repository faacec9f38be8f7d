package dev.concord.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.concord.record.Json;
import dev.concord.record.JsonValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CryptoTest {

    private static final String CANARY = "Kanarienvogel-7";

    private final Crypto crypto = TestKeys.usual();

    @ParameterizedTest
    @EnumSource
    void aHashMatchesItsTextAndNoOther(HashAlgorithm algorithm) {
        Object hashed = crypto.hash(CANARY, algorithm);
        assertThat(CryptoValue.isHashed(hashed)).isTrue();
        assertThat(CryptoValue.isEncrypted(hashed)).isFalse();
        assertThat(crypto.matches(CANARY, hashed)).isTrue();
        assertThat(crypto.matches(CANARY + "x", hashed)).isFalse();
        assertThat(Json.write(hashed)).doesNotContain(CANARY);
        assertThat(crypto.hash(CANARY, algorithm)).isNotEqualTo(hashed);
        assertThat(CryptoText.read(CryptoText.of(hashed))).isEqualTo(hashed);
        assertThat(crypto.matches(CANARY, Json.read(Json.write(hashed)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "sha-384", "SHA-512", "BCRYPT", "pbkdf2"})
    void scriptsMayNameTheAlgorithmsOfPingIdm(String algorithm) {
        Object hashed = crypto.hash(CANARY, algorithm, null);
        assertThat(CryptoValue.part(hashed, "algorithm")).isEqualToIgnoringCase(algorithm);
        assertThat(crypto.matches(CANARY, hashed)).isTrue();
        assertThat(crypto.matches(CANARY.toLowerCase(java.util.Locale.ROOT), hashed))
                .isFalse();
        assertThat(CryptoText.read(CryptoText.of(hashed))).isEqualTo(hashed);
    }

    @Test
    void theCostOfBcryptCanBeChosen() {
        assertThat(CryptoText.of(crypto.hash(CANARY, "BCRYPT", 4))).startsWith("$2a$04$");
        assertThatThrownBy(() -> crypto.hash(CANARY, "BCRYPT", 3)).hasMessageContaining("from 4 to 31");
        assertThatThrownBy(() -> crypto.hash(CANARY, "MD5", null)).hasMessageContaining("not known");
    }

    @Test
    void aTextTooLongForBcryptIsRefusedAndNeverCutOff() {
        String longest = "x".repeat(72);
        assertThat(crypto.matches(longest, crypto.hash(longest, HashAlgorithm.BCRYPT)))
                .isTrue();
        assertThat(crypto.matches(longest + "y", crypto.hash(longest, HashAlgorithm.BCRYPT)))
                .isFalse();
        assertThatThrownBy(() -> crypto.hash("ä".repeat(37), HashAlgorithm.BCRYPT))
                .hasMessageContaining("72 bytes")
                .hasMessageNotContaining("ä");
        assertThat(crypto.matches("ä".repeat(37), crypto.hash("ä".repeat(37), HashAlgorithm.PBKDF2)))
                .isTrue();
    }

    @Test
    void everyJsonValueComesBackFromEncryption() {
        for (Object value : Arrays.asList(
                "", CANARY, 5, 1.5, true, null, List.of("a", 1), Map.of("a", Map.of("b", List.of())), "😀\u0000\n")) {
            Object encrypted = crypto.encrypt(value, Keys.USUAL);
            assertThat(CryptoValue.isEncrypted(encrypted)).isTrue();
            assertThat(JsonValues.same(crypto.decrypt(encrypted), value)).isTrue();
            assertThat(JsonValues.same(crypto.decrypt(CryptoText.read(CryptoText.of(encrypted))), value))
                    .isTrue();
        }
    }

    @Test
    void equalValuesLookDifferentOnceEncrypted() {
        assertThat(crypto.encrypt(CANARY, Keys.USUAL)).isNotEqualTo(crypto.encrypt(CANARY, Keys.USUAL));
        assertThat(Json.write(crypto.encrypt(CANARY, Keys.USUAL))).doesNotContain(CANARY);
    }

    @Test
    void whatWasTamperedWithOrMadeWithAnotherKeyIsRefusedWithoutShowingIt() {
        String text = CryptoText.of(crypto.encrypt(CANARY, Keys.USUAL));
        int data = text.indexOf("\"data\":\"") + 8;
        String tampered = text.substring(0, data) + (text.charAt(data) == 'A' ? 'B' : 'A') + text.substring(data + 1);
        assertThatThrownBy(() -> crypto.decrypt(Json.read(tampered)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another key, or is damaged");
        Crypto other = new Crypto(TestKeys.of(Map.of(Keys.USUAL, TestKeys.SECRET + "!")));
        assertThatThrownBy(() -> other.decrypt(Json.read(text))).hasMessageContaining("another key");
        assertThatThrownBy(() -> crypto.decrypt("x")).hasMessageContaining("not encrypted by Concord");
        assertThatThrownBy(() -> crypto.decrypt(crypto.hash(CANARY, "BCRYPT", 4)))
                .hasMessageContaining("not encrypted by Concord");
    }

    @Test
    void valuesOfOthersAreOpaque() {
        Object theirs = Json.read("""
                {"$crypto": {"type": "x-simple-encryption", "value":
                  {"cipher": "AES/CBC/PKCS5Padding", "key": "default", "iv": "AAAA", "data": "AAAA"}}}""");
        assertThat(crypto.canDecrypt(theirs)).isFalse();
        assertThat(CryptoValue.isEncrypted(theirs)).isTrue();
        Object hashed = Json.read(
                "{\"$crypto\": {\"type\": \"salted-hash\", \"value\": {\"algorithm\": \"SCRYPT\", \"data\": \"AAAA\"}}}");
        assertThat(Crypto.isComparable(hashed)).isFalse();
        assertThatThrownBy(() -> crypto.matches("x", hashed)).hasMessageContaining("not known");
    }

    @Test
    void digestsDifferByKeyAndContextAndAgreeOnEqualValues() {
        String digest = crypto.digest(CANARY, "set", "1", "password");
        assertThat(crypto.digest(CANARY, "set", "1", "password"))
                .isEqualTo(digest)
                .hasSize(22);
        assertThat(crypto.digest(CANARY, "set", "2", "password")).isNotEqualTo(digest);
        assertThat(crypto.digest(CANARY, "set", "1p", "assword")).isNotEqualTo(digest);
        assertThat(new Crypto(TestKeys.of(Map.of(Keys.USUAL, TestKeys.SECRET + "!")))
                        .digest(CANARY, "set", "1", "password"))
                .isNotEqualTo(digest);
        assertThat(crypto.digest(Map.of("a", 1, "b", 2.0))).isEqualTo(crypto.digest(Json.read("{\"b\":2,\"a\":1.0}")));
    }

    @Test
    void aKeyThatCannotBeHadSaysWhatToDo() {
        Crypto none = new Crypto(Keys.NONE);
        assertThat(none.makesDigests()).isFalse();
        assertThatThrownBy(() -> none.needKey("default"))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageContaining("no key 'default'")
                .hasMessageContaining("jobs/keys/default.yaml");
        Crypto unset = new Crypto(TestKeys.of(Map.of("default", "")));
        assertThatThrownBy(unset::makesDigests)
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageContaining("KEY is not set");
        Crypto weak = new Crypto(TestKeys.of(Map.of("default", "hunter2")));
        assertThatThrownBy(() -> weak.needKey("default"))
                .hasMessageContaining("at least 32")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void textsThatAreSpelledOtherwiseAreNoCryptoValues() {
        assertThat(CryptoText.read("secret")).isNull();
        assertThat(CryptoText.read("$2a$10$tooShort")).isNull();
        assertThat(CryptoText.read("{\"$crypto\": {\"type\":\"x\",\"value\":{}}}"))
                .isNull();
        assertThat(CryptoText.read("{\"$crypto\":{\"type\":\"x\",\"value\":{}}}"))
                .isNotNull();
        assertThat(CryptoText.read("{\"$crypto\":")).isNull();
        assertThat(CryptoText.read("{\"$crypto\":{},\"more\":1}")).isNull();
    }
}
