"""The screens of transfer packages: releases read, a package put together, looked through, handed over, asked after."""
