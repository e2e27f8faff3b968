"""Trains a model of the package in PyTorch, on one process or on many (DistributedDataParallel).

    torchrun --nproc_per_node=2 train_ddp.py --model start.safetensors --data recordings.safetensors --out trained.safetensors

start.safetensors    what SequenceModel.Save wrote: the architecture is read from it, the weights are where training begins
recordings.safetensors  what DatasetFile.Save wrote: inputs, targets, lengths and the loss; or episodes of `recurrent convert`
trained.safetensors  the same model with the new weights, for ModelFile.Load; scalers and the model's own metadata are as they were

Needs torch and nothing else. Without a GPU the processes talk through gloo, with one each through nccl.
"""
import argparse
import json
import os
import struct
import tempfile

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64, "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool}


def load_file(path):
    """The tensors and the metadata of a safetensors file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    metadata, tensors = header.pop("__metadata__", {}), {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        if end > begin:
            tensors[name] = torch.frombuffer(data, dtype=torch.uint8, count=end - begin, offset=begin).clone().view(TYPES[entry["dtype"]]).reshape(entry["shape"])
        else:
            tensors[name] = torch.zeros(entry["shape"], dtype=TYPES[entry["dtype"]])
    return tensors, metadata


def save_file(tensors, path, metadata):
    """Writes float32 tensors and metadata as a safetensors file, whole or not at all."""
    header, data, at = {"__metadata__": metadata}, [], 0
    for name, tensor in sorted(tensors.items()):
        bytes_ = tensor.detach().cpu().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [at, at + len(bytes_)]}
        data.append(bytes_)
        at += len(bytes_)
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(os.path.abspath(path)), delete=False) as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(data))
    os.replace(file.name, path)


class Recurrent(nn.Module):
    """RNN, LSTM or GRU over sequences of different length."""

    def __init__(self, layer):
        super().__init__()
        if layer["type"] == "GRU" and not (layer["resetAfter"] and layer["updateKeepsState"]):
            raise ValueError(f"layer '{layer['name']}': PyTorch's GRU resets after the product and keeps the state where z is 1; this one does not.")
        if "options" in layer:
            raise ValueError(f"layer '{layer['name']}' has options that PyTorch's cells have not: {', '.join(layer['options'])}.")
        options = dict(bias=layer["bias"], dropout=layer["dropout"], bidirectional=layer["bidirectional"], batch_first=True)
        if layer["type"] == "LSTM":
            options["proj_size"] = layer["projSize"]
        if layer["type"] == "RNN":
            options["nonlinearity"] = layer["nonlinearity"].lower()
        self.inner = getattr(nn, layer["type"])(layer["inputSize"], layer["hiddenSize"], layer["numLayers"], **options)

    def forward(self, x, lengths):
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(self.inner(packed)[0], batch_first=True, total_length=x.shape[1])[0]


class Model(nn.Module):
    """The layers of a model, built from the JSON under "architecture" in its file."""

    def __init__(self, layers):
        super().__init__()
        self.names = [layer["name"] for layer in layers]
        self.kinds = [layer["type"] for layer in layers]
        self.layers = nn.ModuleList(self.build(layer) for layer in layers)

    def build(self, layer):
        kind = layer["type"]
        if kind in ("RNN", "LSTM", "GRU"):
            return Recurrent(layer)
        if kind == "Linear":
            return nn.Linear(layer["inputSize"], layer["outputSize"], bias=layer["bias"])
        if kind == "Embedding":
            return nn.Embedding(layer["numEmbeddings"], layer["embeddingDim"], padding_idx=layer["paddingIndex"] if layer["paddingIndex"] >= 0 else None)
        if kind == "Dropout":
            return nn.Dropout(layer["probability"])
        if kind == "Activation":
            return {"Tanh": nn.Tanh, "ReLU": nn.ReLU, "Sigmoid": nn.Sigmoid}[layer["nonlinearity"]]()
        if kind == "Softmax":
            return nn.LogSoftmax(-1) if layer["logarithm"] else nn.Softmax(-1)
        if kind in ("LastStep", "FinalStates"):
            return nn.Identity()
        raise ValueError(f"layer '{layer['name']}': this script has no {kind}.")

    def forward(self, x, lengths):
        """(B, T, I) and (B) to (B, T, O), or to (B, 1, O) behind LastStep or FinalStates."""
        for kind, layer in zip(self.kinds, self.layers):
            if kind in ("RNN", "LSTM", "GRU"):
                x = layer(x, lengths)
            elif kind == "Embedding":
                x = layer(x[..., 0].long())
            elif kind in ("LastStep", "FinalStates"):
                last = x[torch.arange(len(x)), lengths - 1]
                if kind == "FinalStates":  # what each direction ends with
                    half = x.shape[2] // 2
                    last = torch.cat([last[:, :half], x[:, 0, half:]], -1)
                x, lengths = last.unsqueeze(1), torch.ones_like(lengths)
            else:
                x = layer(x)
        return x

    def weights(self):
        """The parameters under the names that they have in the file."""
        return {f"{name}.{key.replace('inner.', '')}": parameter for name, layer in zip(self.names, self.layers) for key, parameter in layer.named_parameters()}

    @torch.no_grad()
    def load(self, tensors):
        weights = self.weights()
        given = {name for name in tensors if not name.startswith("trainer/")}
        if given != set(weights):
            raise ValueError(f"the file has not the parameters of its architecture: {sorted(given ^ set(weights))}")
        for name, parameter in weights.items():
            parameter.copy_(tensors[name])


def episodes(path, tensors, scaler):
    """Recorded play, as `recurrent convert` writes it: what was observed, scaled as the model wants it, and the one discrete action taken on it."""
    if "continuous" in tensors or "masks" in tensors or tensors["actions"].shape[1] != 1:
        raise ValueError(f"{path}: expected episodes with one branch of discrete actions, without masks and continuous actions.")
    inputs = tensors["observations"].float()
    if scaler:
        offset, scale = (torch.tensor([float(x) for x in part.split("=")[1].split(",")]) for part in scaler.split()[1:])
        inputs = (inputs - offset) / scale
    return {"inputs": inputs, "targets": tensors["actions"], "lengths": tensors["episode_lengths"]}, {"loss": "CrossEntropy"}


class Recordings(torch.utils.data.Dataset):
    """inputs (rows, I), sequence after sequence; lengths (N); targets (rows, O), or (N, O) where a sequence has a single one. Or episodes."""

    def __init__(self, path, scaler=None):
        tensors, metadata = load_file(path)
        if "observations" in tensors:
            tensors, metadata = episodes(path, tensors, scaler)
        self.loss = metadata.get("loss", "none")
        self.inputs, self.targets = tensors["inputs"].float(), tensors["targets"].float()
        self.lengths = tensors["lengths"].tolist()
        self.starts = [0]
        for length in self.lengths:
            self.starts.append(self.starts[-1] + length)
        self.per_step = len(self.targets) == len(self.inputs)
        if self.starts[-1] != len(self.inputs) or not self.per_step and len(self.targets) != len(self.lengths):
            raise ValueError(f"{path}: {len(self.inputs)} rows of inputs and {len(self.targets)} of targets do not fit {len(self.lengths)} lengths with a sum of {self.starts[-1]}.")

    def __len__(self):
        return len(self.lengths)

    def __getitem__(self, i):
        rows = slice(self.starts[i], self.starts[i + 1])
        return self.inputs[rows], self.targets[rows if self.per_step else slice(i, i + 1)]


def collate(sequences):
    inputs, targets = zip(*sequences)
    pad = nn.utils.rnn.pad_sequence
    return pad(inputs, batch_first=True), pad(targets, batch_first=True), torch.tensor([len(x) for x in inputs]), torch.tensor([len(y) for y in targets])


def losses(name, outputs, targets, steps):
    """The sum of the losses over what counts, and the number it is divided by for the mean."""
    counts = torch.arange(targets.shape[1], device=targets.device)[None] < steps[:, None].to(targets.device)
    outputs, targets = outputs[counts], targets[counts]
    if name == "MeanSquaredError":
        return ((outputs - targets) ** 2).sum(), targets.numel()
    if name == "CrossEntropy":
        classes = targets[:, 0].long()
        return nn.functional.cross_entropy(outputs, classes, reduction="sum", ignore_index=-100), int((classes != -100).sum())
    raise ValueError(f"the recordings ask for the loss {name}; this script has MeanSquaredError and CrossEntropy.")


@torch.no_grad()
def evaluate(model, recordings, device):
    model.eval()
    total = count = 0
    for x, y, lengths, steps in torch.utils.data.DataLoader(recordings, batch_size=256, collate_fn=collate):
        loss, weight = losses(recordings.loss, model(x.to(device), lengths), y.to(device), steps)
        total, count = total + float(loss), count + weight
    return total / count


@torch.no_grad()
def outputs(model, recordings, device):
    """What the model gives for every target, one after the other."""
    model.eval()
    batches = torch.utils.data.DataLoader(recordings, batch_size=256, collate_fn=collate)
    return torch.cat([model(x.to(device), lengths).cpu()[torch.arange(y.shape[1])[None] < steps[:, None]] for x, y, lengths, steps in batches])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=32, help="sequences of one process in one step")
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--clip", type=float, default=1.0, help="the largest norm of a gradient")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--outputs", help="also write what the model gives for the recordings, as 'outputs' of a safetensors file")
    options = parser.parse_args()

    dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
    rank, world = dist.get_rank(), dist.get_world_size()
    device = torch.device("cuda", int(os.environ["LOCAL_RANK"])) if torch.cuda.is_available() else torch.device("cpu")
    torch.manual_seed(options.seed + rank)

    tensors, metadata = load_file(options.model)
    model = Model(json.loads(metadata["architecture"]))
    model.load(tensors)
    model.to(device)
    recordings = Recordings(options.data, metadata.get("input_scaler"))
    if rank == 0:
        print(f"{world} processes, {len(recordings)} sequences, {sum(p.numel() for p in model.parameters())} weights, loss {evaluate(model, recordings, device):.6f}", flush=True)

    sampler = torch.utils.data.DistributedSampler(recordings, num_replicas=world, rank=rank, seed=options.seed)
    loader = torch.utils.data.DataLoader(recordings, batch_size=options.batch, sampler=sampler, collate_fn=collate)
    shared = DistributedDataParallel(model, device_ids=[device.index] if device.type == "cuda" else None)
    optimizer = torch.optim.Adam(model.parameters(), lr=options.learning_rate)
    for epoch in range(options.epochs):
        sampler.set_epoch(epoch)
        model.train()
        for x, y, lengths, steps in loader:
            loss, weight = losses(recordings.loss, shared(x.to(device), lengths), y.to(device), steps)
            # DistributedDataParallel takes the mean over the processes; the loss is the mean over all that counts in all of them.
            counted = torch.tensor(float(weight), device=device)
            dist.all_reduce(counted)
            optimizer.zero_grad()
            (loss * world / counted).backward()
            nn.utils.clip_grad_norm_(model.parameters(), options.clip)
            optimizer.step()
        if rank == 0:
            print(f"epoch {epoch + 1}: loss {evaluate(model, recordings, device):.6f}", flush=True)

    if rank == 0:
        save_file(model.weights(), options.out, {key: text for key, text in metadata.items() if key != "trainer"})
        if options.outputs:
            save_file({"outputs": outputs(model, recordings, device)}, options.outputs, {})
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
