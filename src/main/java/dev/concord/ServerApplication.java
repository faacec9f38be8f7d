package dev.concord;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The house as a server: what the command line has, and the doors, schedules, meters and health of {@code serve}. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@ComponentScan({"dev.concord.api", "dev.concord.run.schedule", "dev.concord.telemetry"})
@Import(HouseConfiguration.class)
public class ServerApplication {}
