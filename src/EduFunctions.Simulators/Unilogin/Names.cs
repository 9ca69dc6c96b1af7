namespace EduFunctions.Simulators.Unilogin;

/// <summary>Names of the services and of the standards they follow, written down a second time.</summary>
internal static class Names
{
    public const string Soap = "http://www.w3.org/2003/05/soap-envelope";
    public const string Addressing = "http://www.w3.org/2005/08/addressing";
    public const string Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public const string Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    public const string Signature = "http://www.w3.org/2000/09/xmldsig#";
    public const string X509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3";
    public const string Base64 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

    /// <summary>Of the operations of wsaIMPORT 8, and its address.</summary>
    public const string Import8 = "https://brugerdatabasen.stil.dk/bpi/wsaimport/8";

    public static string Common(int version) => version == 7 ? "https://brugerdatabasen.stil.dk/bpi/common/3" : "https://unilogin.dk";

    public static string Eksport(int version) => version == 7 ? "https://brugerdatabasen.stil.dk/bpi/wsieksport/7" : "https://wsieksport.unilogin.dk/ws";
}
