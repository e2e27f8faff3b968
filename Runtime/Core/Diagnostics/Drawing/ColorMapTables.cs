namespace Recurrent.Diagnostics
{
    // The published tables, 256 × R, G, B of 8 bits each, as base64. Sources and licences stand in Third Party Notices.md.
    internal static class ColorMapTables
    {
        internal const string Berlin =
            "nrD/nLD+mrD9mK/8la/7k6/6ka75jq73jK72iq71h630ha3zgq3ygKzxfqzwe6zueavtdqvsdKrrcarpb6nobKnmaqjlZ6jjZafiYqbgYKXfXaXdW6TbWKPZVqLXVKDV" +
            "UZ/TT57RTZ3PS5vNSJrKRpjIRJfGQ5XDQZTBP5K+PpC8PI65O423OYu0OImyN4evNoWtNYSqM4KoMoCmMn6jMXyhMHqeL3icLnaZLXWXLHOULHGSK2+PKm2NKWuLKWmI" +
            "KGiGJ2aDJ2SBJmJ/JWB8JF56JF14I1t1IllzIldxIVVuIFRsIFJqH1BoHk5lHk1jHUthHElfHEdcG0ZaGkRYGkJWGUFTGT9RGD1PFzxNFzpLFjhJFjdHFTVEFTNCFDJA" +
            "FDA+Ey88Ey06Eiw4Eio2Eik0EScyESYwESQuESMsESEqESAoEB8mEB0lEBwjERshERogERkeERgcERYbERUZERQYERMXEhIVEhIUExESFBARFA8QFQ4OFg4NFw0LGAwK" +
            "GQwJGgwIGwsHHAsGHQsFHgsEIAsEIQsDIgwCIwwCJAwCJQwBJg0BJw0BKA0BKg4BKw4BLA4ALQ4ALw4AMA8AMQ8AMw8ANA8ANRAANxAAOBAAOREAOxEAPBEBPhIBPxIB" +
            "QRIBQhMBRBMBRRQBRxQBSBUCShUCSxYCTRYCTxcDUBgDUhgEVBkFVhoFVxsGWRwHWx0IXR4JXx8KYSALYyEMZSMOaCQPaiUQbCcRbigTcCoUcysWdS0Xdy8ZeTAbezIc" +
            "fTQegDYggjcihDkkhjsmiD0oij8qjEAsjkIukEQwkkYylEg0lko2mEw5mk07nE89nlE/oFNBolVEpFdGpllIqFpKqlxMrF5PrmBRsGJTsmRVtGZYtmhauGpcumtfvG1h" +
            "vm9jwHFlwnNoxHVqxndsyHlvyntxzH1zzn920IF40oN61YV914d/2YmC24uE3Y2G34+J4ZGL45OO5ZWQ55eS6pmV7JuX7p2a8J+c8qGf9KOh9qWj+aem+6mo/aur/62t";

        internal const string Vik =
            "ABJhARRiARVjARdkARhlARpmAhxnAh1oAh9pAiBqAiJrAiNsAiVtAiduAihvAipwAitxAi1yAi5zAjB0AjF1AjN2AjR3AjZ4Ajd5Ajl6Ajp7Azx8Az59Az9+A0F/A0KA" +
            "A0SBA0WCA0eDA0mEA0qFBEyGBE2HBE+IBVGJBVKKBlSLBlaMB1eNCFmPCVuQC12RDF6SDmCTEGKUEWSWE2aXFWeYF2mZGWuaHG2cHm+dIHGeI3OgJXWhKHeiK3mkLXul" +
            "MH2mM3+oNoGpOYOrPIWsP4etQomvRYuwSI2yS5CzTpK0UZS2VJa3V5i5Wpq6XZy7YZ69ZKC+Z6LAaqTBbabCcajEdKrFd6zGeq7IfbDJgLLKhLTMh7bNirjOjbrQkLzR" +
            "lL7Sl8DUmsLVncTWoMXYo8fZp8naqsvcrc3dsM/es9HfttPhutXivdbjwNjkw9rlxtvmyd3nzN/oz+Do0uHp1ePp2OTp2+Xp3ubp4Obp4ufo5efo5+fn6Ofl6ubk6+bi" +
            "7OXg7eTe7uPc7uHa7uDY7t7V7t3T7tvQ7tnN7dfL7dXI7NPF7NHD69DA6s696cy66cq46Mi158ay5sSw5cGt5L+q5L6o47yl4rqi4big4Lad37Sa37KY3rCV3a6T3KyQ" +
            "26qN26iL2qaI2aSG2KKD16CB1p9+1p181Zt51Jl305d005Vy0pRw0ZJt0JBrz45oz4xmzotkzYlhzIdfzIVdy4NayoJYyYBWyX5TyHxRx3tPxnlMxndKxXVIxHRFw3JD" +
            "wnBBwm4/wW08wGs6v2k4vmc2vmUzvWQxvGIvu2Atul4quFwot1omtlgktVUhs1MfslEdsE8br0wYrUoWq0gUqUUSp0MQpUAPoz4NoTwLnzkKnDcJmjUImDMHljEHlC8G" +
            "kS0GjysGjSkGiycGiSYGhyQGhSIGgyEGgR8Gfx4Gfh0GfBsGehoGeBgGdhcGdBUGcxQGcRMHbxEHbRAHbA4Hag0HaAwHZwoHZQkHYwcHYgYHYAQIXgMIXQIIWwEIWQAI";

        internal const string Cividis =
            "ACBNACFOACJQACJSACNTACRVACVXACVYACZaACdcACdeAChgAClhACpjACplACtnACxpACxqAC1sAC5uAC5vAC9vAC9vADBvADBvADFvADJvADNvADNvADRvADVuATZu" +
            "BjZuCzduDzhuEjhtFTltGDptGjttHTttHzxtIT1tIz5sJD5sJj9sKEBsKkBsK0FsLUJsLkNsMENsMURrMkVrNEVrNUZrNkdrOEhrOUhrOklrO0prPUprPktrP0xrQE1r" +
            "QU1rQk5rQ09rRE9rRlBrR1FrSFJrSVJrSlNrS1RsTFRsTVVsTlZsT1dsUFdsUVhsUllsU1lsVFpsVVttVlxtV1xtWF1tWV5tWV9tWl9tW2BuXGFuXWFuXmJuX2NuYGRv" +
            "YWRvYmVvY2ZvZGZvZGdwZWhwZmlwZ2lwaGpxaWtxamxxa2xxbG1ybG5ybW5ybm9zb3BzcHFzcXF0cnJ0cnN0c3R1dHR1dXV1dnZ2d3d2eHd3eHh3eXl3enp4e3p4fHt4" +
            "fXx4fn14f314gH55gX95goB5g4B5hIF5hIJ5hYN5hoN5h4R5iIV5iYZ5iod5i4d5jIh5jYl5jop5j4p5kIt5kYx4ko14k454lI54lY94lpB4l5F4mJJ4mZJ4mpN3m5R3" +
            "nJV3nZZ3npZ3n5d3oJh3oZl2opp2o5p2pJt2pZx2pp11qJ51qZ91qp91q6B0rKF0raJ0rqN0r6RzsKRzsaVzsqZys6dytKhytalxtqlxt6pxuKtwuaxwuq1wu65vvK9v" +
            "vq9vv7BuwLFuwbJtwrNtw7RtxLVsxbVsxrZrx7dryLhqyblqy7ppzLtpzbxozrxoz71n0L5n0b9m0sBm08Fl1MJk1sNk18Rj2MVj2cVi2sZh28dh3Mhg3clf3spf4Mte" +
            "4cxd4s1c485c5M9b5dBa5tFZ6NJZ6dNY6tNX69RW7NVV7dZU79dT8NhS8dlR8tpQ89tP9NxO9t1N995M+N9L+eBK+uFJ++JI/eNG/uRF/+VE/+ZC/+dC/+hD/+lE/+pG";

        internal const string Magma =
            "AAAEAQAFAQEGAQEIAgEJAgILAgINAwMPAwMSBAQUBQQWBgUYBgUaBwYcCAceCQcgCggiCwkkDAkmDQopDgsrEAstEQwvEg0xEw00FA42FQ44Fg87GA89GRA/GhBCHBBE" +
            "HRFHHhFJIBFLIRFOIhFQJBJTJRJVJxJYKRFaKhFcLBFfLRFhLxFjMRFlMxBnNBBpNhBrOBBsOQ9uOw9wPQ9xPw9yQA90Qg91RA92RRB3RxB4SRB4ShB5TBF6ThF7TxJ7" +
            "URJ8UhN8VBN9VhR9VxV+WRV+WhZ+XBZ/XRd/Xxh/YBiAYhmAZBqAZRqAZxuAaByBahyBax2BbR2Bbh6BcB+Bch+BcyCBdSGBdiGBeCKBeSKCeyOCfCOCfiSCgCWCgSWB" +
            "gyaBhCaBhieBiCeBiSiBiymBjCmBjiqBkCqBkSuBkyuAlCyAliyAmC2AmS2Amy5/nC5/ni9/oC9/oTB+ozB+pTF+pjF9qDJ9qjN9qzN8rTR8rjR7sDV7sjV7szZ6tTZ6" +
            "tzd5uDd5ujh4vDl4vTl3vzp3wDp2wjt1xDx1xTx0xz1zyD5zyj5yzD9xzUBxz0Bw0EFv0kJv00Nu1URt1kVs2EVs2UZr20dq3Ehp3klo30po4Exn4k1m405l5E9k5VBk" +
            "51Jj6FNi6VRi6lZh61dg7Fhg7Vpf7lte711e8F9e8WBd8mJd8mRc82Vc9Gdc9Glc9Wtc9mxc9m5c93Bc93Jc+HRc+HZc+Xhd+Xld+Xtd+n1e+n9e+oFf+4Nf+4Vg+4dh" +
            "/Ilh/Ipi/Ixj/I5k/JBl/ZJm/ZRn/ZZo/Zhp/Zpq/Ztr/p1s/p9t/qFu/qNv/qVx/qdy/qlz/qp0/qx2/q53/rB4/rJ6/rR7/rZ8/rd+/rl//ruB/r2C/r+E/sGF/sKH" +
            "/sSI/saK/siM/sqN/syP/s2Q/s+S/tGU/tOV/tWX/teZ/tia/dqc/dye/d6g/eCh/eKj/eOl/eWn/eep/emq/eus/Oyu/O6w/PCy/PK0/PS2/Pa4/Pe5/Pm7/Pu9/P2/";
    }
}
