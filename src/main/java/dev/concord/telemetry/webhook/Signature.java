package dev.concord.telemetry.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who receives an event can tell by this that it comes from us, whole and in time, as standardwebhooks.com has it. */
final class Signature {

    private Signature() {}

    /**
     * HMAC-SHA256 of the id, the time and the body.
     *
     * @param seconds since 1970, so that an old event cannot be sent again by somebody else
     */
    static String of(String id, long seconds, String body, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] signature = mac.doFinal((id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot sign with HmacSHA256.", e);
        }
    }
}
