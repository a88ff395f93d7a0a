"""A pod as a process, to be killed: `pod_program.py ADDRESS PORT NOTES`.

It notes the id of each request before it works on it.
"""

import asyncio
import os
import sys

from aiohttp import web

_WORK_S = 0.02


def main(address: str, port: str, notes: str) -> None:
    """Serve until killed."""
    file = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def handle(request: web.Request) -> web.Response:
        await request.read()
        os.write(file, f"{request.headers['X-Request-ID']}\n".encode())
        await asyncio.sleep(_WORK_S)
        return web.json_response({"success": True})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    web.run_app(app, host=address, port=int(port), access_log=None, print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
