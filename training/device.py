"""Where training runs: a GPU if there is one, else the processor. Both in bfloat16 autocast."""
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import torch

torch.set_float32_matmul_precision("high")
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def autocast(enabled=True):
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16, enabled=enabled)


def workers():
    """Processes to prepare texts by; begun anew, for a forked one may not touch the GPU."""
    return ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"))
