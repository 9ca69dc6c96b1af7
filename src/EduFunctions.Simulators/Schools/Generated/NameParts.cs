namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>The parts names are made of. None is a word, and no pair of them a name that anybody bears.</summary>
internal static class NameParts
{
    public static string[] GivenBeginnings { get; } =
    [
        "Zel", "Kvar", "Tjo", "Böx", "Åls", "Näv", "Öxi", "Vyr", "Gläm", "Fryn", "Skåx", "Hjyl",
        "Drö", "Mårx", "Prax", "Wib", "Ytz", "Glo", "Ämt", "Jöv", "Krim", "Ploj", "Snyr", "Trål",
    ];

    public static string[] GivenEndings { get; } =
    [
        "dina", "rikar", "valdo", "linna", "mirja", "fridel", "berto", "stinja", "torax", "gard", "hilda", "norik",
        "ulvar", "stenor", "elinja", "warda", "björa", "sigge", "ranja", "monda", "lovar", "esko", "thyra", "ivald",
    ];

    public static string[] FamilyBeginnings { get; } =
    [
        "Bråx", "Kvill", "Tjurn", "Öxne", "Åver", "Sjöx", "Grypt", "Hållt", "Vrång", "Mjöll", "Skvim", "Dräv",
        "Fnurr", "Klyv", "Prytt", "Rölv", "Stympt", "Tvärn", "Urk", "Yxm", "Älvx", "Nyps", "Jämp", "Lodd",
    ];

    public static string[] FamilyEndings { get; } =
    [
        "kvistén", "hyllander", "falkius", "brånt", "myrås", "säterin", "dahlux", "vikson", "grenell", "lundiak", "stadh", "rothman",
        "bäckler", "fjärding", "holmér", "klintberg", "moström", "näslin", "plogh", "rudåker", "skogert", "torpström", "udden", "wallgren",
    ];

    public static string[] Streets { get; } =
    [
        "Zelgatan", "Kvarxvägen", "Böxgränd", "Ålsstigen", "Vyrbacken", "Glämtorget", "Frynallén", "Skåxvägen", "Dröplan", "Mårxgatan",
    ];

    public static string[] PlaceBeginnings { get; } = ["Ytz", "Gryt", "Ämt", "Jöv", "Krim", "Ploj", "Snyr", "Trål", "Wib", "Hjyl", "Näv"];

    public static string[] PlaceEndings { get; } = ["holms", "berga", "viks", "lunda", "sätra", "dals", "näs"];
}
