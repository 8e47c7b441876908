package io.tollgate.sink.progress;

/** Which log it is that offsets belong to: a topic made anew under the old name, or another cluster's, is another. */
public record TopicIdentity(String topic, String clusterId, String topicId) {}
