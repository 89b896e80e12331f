namespace TravelHub.Client.Catalogue;

/// <summary>Plausible names of hotels, in the languages of the demo's destinations.</summary>
internal static class DemoNames
{
    private static readonly Dictionary<NamingStyle, (string[] First, string[] Second)> Words = new()
    {
        [NamingStyle.Portuguese] = (
            ["Hotel", "Casa", "Quinta", "Pousada", "Palácio", "Solar"],
            ["do Mar", "da Ribeira", "das Flores", "do Carmo", "dos Navegantes", "da Alegria", "do Jardim", "de São Bento", "da Estrela"]),
        [NamingStyle.Spanish] = (
            ["Hotel", "Casa", "Hostal", "Palacio", "Posada", "Mirador"],
            ["del Sol", "de la Plaza", "de las Rosas", "del Puerto", "San Miguel", "de los Naranjos", "Real", "del Prado", "Santa Clara"]),
        [NamingStyle.Italian] = (
            ["Hotel", "Albergo", "Locanda", "Palazzo", "Villa", "Residenza"],
            ["del Ponte", "della Fontana", "San Marco", "dei Fiori", "del Teatro", "Bellavista", "delle Arti", "Santa Lucia", "Aurora"]),
        [NamingStyle.French] = (
            ["Hôtel", "Auberge", "Maison", "Résidence", "Le Grand Hôtel", "Villa"],
            ["de la Gare", "du Parc", "des Arts", "Saint-Michel", "de la Paix", "du Lac", "Bellevue", "des Remparts", "de l'Opéra"]),
        [NamingStyle.German] = (
            ["Hotel", "Gasthof", "Pension", "Parkhotel", "Stadthotel", "Haus"],
            ["Zur Linde", "Am Markt", "Goldener Löwe", "Seeblick", "Zum Adler", "Am Dom", "Kronprinz", "Alte Post", "Rosengarten"]),
        [NamingStyle.English] = (
            ["The Grand", "Old Town", "Harbour", "The Royal", "Garden", "Park"],
            ["House Hotel", "Lodge", "Inn", "Residence", "Suites", "Hotel", "Guesthouse", "Terrace", "Court"]),
    };

    /// <summary>Names of a style, all different, in an order that chance decides.</summary>
    public static IEnumerable<string> Of(NamingStyle style, string destination, Random random)
    {
        var (first, second) = Words[style];
        var names = first.SelectMany(one => second.Select(other => $"{one} {other} {destination}")).ToArray();
        random.Shuffle(names);
        return names;
    }
}
