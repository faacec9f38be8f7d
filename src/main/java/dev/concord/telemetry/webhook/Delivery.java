package dev.concord.telemetry.webhook;

/**
 * An event on its way to one webhook.
 *
 * @param attempts how often it was tried
 */
record Delivery(String id, String webhook, String body, int attempts) {}
