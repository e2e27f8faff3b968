"""Loads a model of `recurrent pytorch` with PyTorch's own load_state_dict, as the README shows, and writes what it gives for the recordings.

    python forward.py rnn|lstm|lstm-all|gru start.safetensors recordings.safetensors outputs.safetensors
"""
import sys

import torch

from train_ddp import load_file, save_file


class Follower(torch.nn.Module):
    def __init__(self, cell):
        super().__init__()
        self.rnn = {
            "rnn": lambda: torch.nn.RNN(3, 24, batch_first=True),
            "lstm": lambda: torch.nn.LSTM(3, 24, batch_first=True),
            "lstm-all": lambda: torch.nn.LSTM(3, 24, 2, bidirectional=True, proj_size=12, batch_first=True),
            "gru": lambda: torch.nn.GRU(3, 24, batch_first=True),
        }[cell]()
        self.head = torch.nn.Linear(24, 1)

    def forward(self, x):
        return self.head(self.rnn(x)[0])


cell, model_file, data_file, out_file = sys.argv[1:]
model = Follower(cell)
print(model.load_state_dict(load_file(model_file)[0]))
data, _ = load_file(data_file)
with torch.no_grad():
    outputs = torch.cat([model(x[None])[0] for x in data["inputs"].split(data["lengths"].tolist())])
save_file({"outputs": outputs}, out_file, {})
