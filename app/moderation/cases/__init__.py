"""Cases: reports, holds, complaints and appeals in one queue, decided once, by somebody who has no part in them."""
