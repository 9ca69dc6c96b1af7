namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Ways in which registers and people write a name, a number, a login, in each of which it is recognised.</summary>
internal static class RandomSpelling
{
    private static readonly Func<string, string, string>[] Names =
    [
        (given, family) => $"Stöd {given} {family}",
        (given, family) => $"Stöd {family},{given}",
        (given, family) => $"{family} {given}s grupp",
        (given, family) => $"{given}{family}4B",
        (given, family) => $"4b{family}{given}",
        (given, family) => $"STÖD{given}{family}".ToUpperInvariant(),
        (given, family) => $"stöd{given}{family}s".ToLowerInvariant(),
        (given, family) => $"{given}.{family}2@elev.example".ToLowerInvariant(),
        (given, family) => $"{given[..3]}\u00ad{given[3..]}\u200b {family}",
        (given, family) => Wide($"{given} {family}"),
        (given, family) => $"Stöd {given}|{family}",
    ];

    private static readonly Func<string, string>[] Numbers =
    [
        number => number,
        number => number.Replace("-", "", StringComparison.Ordinal),
        number => number[2..],
        number => $"SE{number}",
        number => $"{number.Replace("-", "", StringComparison.Ordinal)}.0",
        number => Wide(number),
        number => number.Replace('-', '+'),
        number => $" {number[..4]} {number[4..6]} {number[6..]}",
    ];

    private static readonly Func<string, string>[] Logins =
    [
        login => login,
        login => login.ToUpperInvariant(),
        login => $"mailto:{login}",
        login => $"Zq <{login}>",
        login => $" {login}. ",
        login => login.Insert(4, "\u200b"),
        Wide,
    ];

    public static string OfName(Random random, string given, string family) => Names[random.Next(Names.Length)](given, family);

    public static string OfNumber(Random random, string number) => Numbers[random.Next(Numbers.Length)](number);

    public static string OfLogin(Random random, string login) => Logins[random.Next(Logins.Length)](login);

    private static string Wide(string text) => string.Concat(text.Select(c => c is > ' ' and < '\u007f' ? (char)(c + 0xfee0) : c));
}
