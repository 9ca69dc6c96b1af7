namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>Namespaces and addresses of actions that the services' descriptions give.</summary>
internal static class UniloginNames
{
    public const string Common6 = "https://unilogin.dk";
    public const string Common7 = "https://brugerdatabasen.stil.dk/bpi/common/3";
    public const string Eksport6 = "https://wsieksport.unilogin.dk/ws";
    public const string Eksport6Actions = "https://wsieksport.unilogin.dk";
    public const string Eksport7 = "https://brugerdatabasen.stil.dk/bpi/wsieksport/7";
}
