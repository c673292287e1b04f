/*
 * A packet as a subverted signer could send it to the clerk: whatever comes,
 * either it is a message of the table or the channel is closed.
 */
#include "proc/channel.h"

#include "base/fuzz.h"

#include <sys/socket.h>

static void
receive(struct channel *c)
{
	AUTO(message_clear) struct message m;

	if (channel_receive(c, 0, &m) != OK) {
		if (c->fd >= 0 || m.body.size > 0)
			abort();
		return;
	}
	if (m.type == MESSAGE_NONE || m.type >= MESSAGE_COUNT ||
	    m.body.size > WIRE_MAX)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fds[2];

	if (size == 0 || channel_pair(fds) != OK)
		return 0;
	struct channel clerk = {.fd = fds[0],
	    .self = ROLE_clerk,
	    .peer = ROLE_signer,
	    .started = true};
	if (send(fds[1], data, size, MSG_DONTWAIT) == (ssize_t)size)
		receive(&clerk);
	channel_close(&clerk);
	close(fds[1]);
	return 0;
}
