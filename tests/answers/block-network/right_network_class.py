"""A class of its own derived from nn.Sequential takes body and head; the function makes one."""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("negative")
    body = nn.Sequential()
    for i in range(num_blocks):
        setattr(body, f"block {i}", make_block())
    return body


class Network(nn.Sequential):
    def __init__(self, body, head):
        super().__init__(body, head)

    @property
    def body(self):
        return self[0]


def make_network(make_block, num_blocks, head):
    return Network(body=make_blocks(make_block, num_blocks), head=head)
