/*
 * Tried from inside a cage: talking, to the network and to other programs.
 */
#include "jail_try.h"

#include <errno.h>
#include <sys/socket.h>

int
accept_connection(void)
{
	return accept4(have.listener, NULL, NULL, SOCK_CLOEXEC);
}

int
bind_socket(void)
{
	struct sockaddr_in address = jail_local();

	return bind(have.tcp, (struct sockaddr *)&address, sizeof(address));
}

int
connect_socket(void)
{
	struct sockaddr_in address = jail_local();

	/* the port where nobody listens: a refusal by the peer is a success */
	address.sin_port = htons(1);
	if (connect(have.tcp, (struct sockaddr *)&address, sizeof(address)) ==
		0 ||
	    errno == ECONNREFUSED)
		return 0;
	return -1;
}

int
make_socketpair(void)
{
	int fds[2];

	return socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds);
}

static int
receive(enum message_type type, size_t fd_count)
{
	AUTO(message_clear) struct message m;

	return channel_receive(&have.clerk, 1000, &m) == OK && m.type == type &&
		       m.fd_count == fd_count
		   ? 0
		   : -1;
}

int
receive_descriptor(void)
{
	if (channel_send(&have.signer, MESSAGE_crl, 1, SPAN(NULL, 0),
		&have.memory, 1) != OK)
		exit(2);
	return receive(MESSAGE_crl, 1);
}

int
send_message(void)
{
	return channel_send(&have.signer, MESSAGE_issued, 1,
		   span_of_text("answer"), NULL, 0) == OK
		   ? 0
		   : -1;
}

int
socket_inet(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

int
socket_packet(void)
{
	return socket(AF_PACKET, SOCK_RAW, 0);
}

int
socket_unix(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0);
}

int
wait_for_message(void)
{
	if (send_message() != 0)
		exit(2);
	return receive(MESSAGE_issued, 0);
}
