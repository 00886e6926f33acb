"""Names at home in the Americas and the Pacific."""

from goldthread.doors.demo.names.culture import Culture, names

ENGLISH = Culture(
    key="english",
    share=17,
    women=names(
        "Abigail Alice Amber April Audrey Beth Bonnie Brenda Carol Charlotte Claire Cora Dawn Deborah Doris Edith Eleanor "
        "Emily Faye Gail Grace Hannah Harriet Hazel Heather Helen Holly Ivy Jane Janet Jean Joan Joyce Judith Kate Laura "
        "Lillian Louise Mabel Marian Martha Megan Nancy Norma Olive Paige Peggy Phyllis Rose Ruth Sally Shirley Susan "
        "Tabitha Vera Violet Wendy Winifred"
    ),
    men=names(
        "Adam Alan Albert Arthur Barry Ben Bruce Calvin Carl Charlie Chester Clifford Colin Craig Dale Dennis Donald Douglas "
        "Earl Edgar Ernest Floyd Frank Fred Gary Gerald Gordon Graham Harold Harvey Henry Herbert Howard Hugh Ivan Jack "
        "Jeffrey Keith Kenneth Lawrence Leonard Lloyd Martin Milton Neil Nelson Norman Oliver Patrick Philip Ralph Roger "
        "Roland Russell Stanley Stuart Todd Vernon Wallace Wesley"
    ),
    families=names(
        "Abbott Aldrich Appleby Ashworth Atwater Bancroft Barlow Beckett Bingham Birch Blackwood Bramley Briggs Burgess "
        "Caldwell Cartwright Chadwick Clayton Colby Crandall Dawes Denham Dunmore Eastman Ellery Fairbank Farnham Fenwick "
        "Fletcher Garland Goddard Greaves Hadley Halsey Hartwell Haskins Hathaway Holcombe Huxley Ingham Jessup Kimball "
        "Langley Lathrop Loomis Merriman Mosley Newell Oakes Penrose Pickering Prescott Radcliffe Redmond Rowley Sewell "
        "Shelby Stockton Sumner Tanner Thorne Tilton Underhill Wadsworth Wainwright Whitcomb Winslow Wyatt"
    ),
    race=("white",),
)

AFRICAN_AMERICAN = Culture(
    key="african_american",
    share=13,
    women=names(
        "Aaliyah Alicia Angela Anika Ashanti Bernice Bettye Brianna Camille Candace Chanel Charlene Danielle Darlene Denise "
        "Diamond Dominique Earline Ebony Essence Gwendolyn Imani Jada Jasmine Kayla Keisha Kenya Kiara Lashawn Latoya "
        "Lorraine Loretta Mahalia Maya Monique Nia Odessa Patrice Precious Queen Rochelle Shanice Shantel Simone Sheila "
        "Tamika Tanisha Tiana Toni Vanessa Vivian Wanda Yolanda Zora"
    ),
    men=names(
        "Amari Andre Antoine Barron Booker Cedric Clarence Cornell Curtis Damon Darius Darnell Demetrius Deshawn Devonte "
        "Dexter Elijah Emmett Ezekiel Freddie Garfield Isaiah Jabari Jalen Jamal Jerome Kareem Kendrick Lamar Leroy Lionel "
        "Malik Marcus Marquis Marvin Maurice Otis Percy Quincy Rashad Reggie Rodney Roosevelt Rufus Sterling Terrence "
        "Thaddeus Trevon Tyrell Tyrone Vernell Wendell Willie Xavier"
    ),
    families=names(
        "Armstead Baptiste Battle Benjamin Blount Bolden Boykin Braxton Broadnax Bynum Chatman Childress Coles Cropper "
        "Dandridge Dixon Dorsey Ebanks Eubanks Fountain Freeman Gadsden Gaines Gibbs Grier Hairston Hampton Hightower "
        "Holloway Ivory Jernigan Kincaid Lockett Lyles Mack Mayfield McGhee Merriweather Mims Monroe Moseley Nesbitt "
        "Outlaw Peebles Pettway Pinckney Pruitt Ragland Rivers Saddler Satterfield Singletary Smalls Spruill Stallworth "
        "Tillery Toliver Vaughn Waddell Whitfield Wigfall Womack Yancey"
    ),
    race=("black",),
)

SPANISH = Culture(
    key="spanish",
    share=17,
    women=names(
        "Adela Alma Amparo Ana Araceli Beatriz Blanca Camila Carmen Catalina Cecilia Consuelo Dolores Elena Elvira Esmeralda "
        "Esperanza Estela Fernanda Gabriela Graciela Guadalupe Inés Isabel Josefina Juana Leticia Lourdes Lucía Luz Magdalena "
        "Marcela Marisol Marta Mercedes Mireya Nayeli Noemí Ofelia Paloma Paz Pilar Raquel Rocío Rosario Sofía Soledad Susana "
        "Teresa Valentina Verónica Ximena Yesenia Zoila"
    ),
    men=names(
        "Abelardo Adrián Agustín Alejandro Álvaro Andrés Ángel Arturo Baltazar Benito Bernardo César Ciro Cristóbal Diego "
        "Eduardo Efraín Emilio Enrique Esteban Facundo Felipe Fermín Gerardo Gilberto Gonzalo Gustavo Héctor Hernán Ignacio "
        "Ismael Iván Jacinto Javier Joaquín Jorge Julián Leandro Lisandro Lorenzo Marcelo Mateo Mauricio Néstor Octavio Omar "
        "Óscar Rafael Ramiro Raúl Rigoberto Rodrigo Rogelio Salvador Santiago Saúl Tomás Ulises Wilfredo"
    ),
    families=names(
        "Abrego Acosta Aguilera Alcaraz Almonte Arriaga Ávila Ayala Barrera Batista Benavides Bermúdez Bolaños Cabrera Calderón "
        "Camacho Cárdenas Carrillo Castellanos Cedeño Cisneros Colón Cordero Correa Cortés Del_Valle Duarte Echeverría Encarnación "
        "Escobar Espinal Feliciano Figueroa Fuentes Galindo Gallegos Guerrero Guzmán Henríquez Hinojosa Ibarra Jaramillo "
        "Lozano Maldonado Marrero Mejía Melgar Montoya Mosquera Nieves Ochoa Olivares Orellana Paredes Pacheco Peralta "
        "Quintana Quiñones Recinos Rentería Rosario Salcedo Sandoval Santana Sepúlveda Solís Tejada Toribio Urbina Valdés "
        "Villalobos Zamora Zelaya"
    ),
    race=("hispanic",),
    language="es",
    speaks=0.62,
    interpreter=0.45,
)

PORTUGUESE = Culture(
    key="portuguese",
    share=6,
    women=names(
        "Amélia Antónia Aurora Bruna Carolina Célia Clarice Conceição Cristina Dalila Débora Domingas Edna Eduarda Eunice "
        "Fátima Filomena Flávia Georgina Graça Helena Iolanda Isaura Ivone Jacira Jandira Joana Júlia Larissa Leonor Lídia "
        "Luciana Lurdes Maria_José Mariana Natércia Nilza Olívia Palmira Patrícia Rafaela Renata Rita Rosângela Salomé Sílvia "
        "Tatiana Telma Vânia Vitória"
    ),
    men=names(
        "Adão Adelino Afonso Alcides Américo António Armindo Augusto Belmiro Bento Caetano Carlos Celso Custódio Daniel Domingos "
        "Edmilson Elias Eugénio Évora Fábio Fernando Firmino Flávio Gaspar Gil Gualter Hélder Hugo Jacinto João Joel Jonas José "
        "Leonel Luís Manuel Mário Miguel Nélson Nuno Osvaldo Paulo Pedro Renato Rui Silvino Tiago Valdir Vasco Zeferino"
    ),
    families=names(
        "Abreu Alves Amado Andrade Araújo Azevedo Baptista Barbosa Barros Bettencourt Borges Botelho Brandão Cabral Carreiro "
        "Carvalho Coelho Costa Couto Cunha Da_Luz Da_Rosa De_Pina Dias Duarte Evora Faria Ferreira Fontes Freitas Furtado "
        "Gonçalves Graça Lima Lobo Lopes Machado Medeiros Melo Mendonça Monteiro Moreira Neves Nunes Pacheco Pereira Pimentel "
        "Pires Raposo Rebelo Reis Rezendes Rocha Sá Semedo Silveira Soares Sousa Spínola Tavares Teixeira Varela Vaz Vieira"
    ),
    race=("white",),
    language="pt",
    speaks=0.55,
    interpreter=0.4,
)

HAITIAN = Culture(
    key="haitian",
    share=5,
    women=names(
        "Adeline Altagrâce Anite Asefie Bernadette Carline Chantal Claudette Darline Edeline Elmise Emmanuella Esterline "
        "Fabienne Fabiola Ghislaine Gertha Guerda Guirlène Islande Jeannine Jocelyne Ketsia Ketteline Linda Lovely Lunise "
        "Magalie Marie-Ange Marie-Carmel Marie-Lourdes Marjorie Mirlande Mireille Nadège Natacha Nirva Odette Rachelle "
        "Régine Rolande Rose-Laure Roseline Solange Sherly Sonise Sylvanie Violette Wideline Yanick Yolette Yvrose"
    ),
    men=names(
        "Alix Altidor Anel Antoine Benoît Bernard Camille Carlo Clervil Dieudonné Edner Emmanuel Ernst Evens Fanfan Fritz "
        "Frantz Gérard Guerrier Guy Harold Hérold Jacques Jean-Claude Jean-Robert Jean-Baptiste Joseph Jude Junior Kesner "
        "Lesly Luckner Mackenson Marc-Arthur Max Nixon Patrick Pierre-Louis Ralph Réginald Rénald Ricardo Roody Ronald Samuel "
        "Serge Smith Stanley Thony Wilner Wisler Yves"
    ),
    families=names(
        "Alcindor Alexis Auguste Augustin Beaubrun Beauvoir Belizaire Bien-Aimé Brutus Cadet Calixte Casimir Célestin Charles "
        "Chéry Clermont Colas Compère Cyprien Damas Délva Désir Dieujuste Dorvil Dumerve Duvivier Elysée Estimé Étienne Exantus "
        "Fanfan Fleurant Fleurimond François Gaspard Germain Guillaume Hyppolite Innocent Jean-Baptiste Jean-Louis Jeudy "
        "Joachim Lafontant Laguerre Lamour Louissaint Lubin Mathurin Mésidor Metellus Mondésir Noël Octave Paulémon Petit-Frère "
        "Philogène Pierre-Louis Plaisimond Prophète Saint-Fleur Saint-Victor Sainvil Séide Surin Théodore Toussaint Vilsaint"
    ),
    race=("black",),
    language="ht",
    speaks=0.6,
    interpreter=0.5,
)

PACIFIC = Culture(
    key="pacific",
    share=2,
    women=names(
        "Alana Ana Anela Emele Fetu Hina Iolana Kailani Kalea Kanoelani Keala Kiana Lanakila Lani Leilani Leimomi Lose "
        "Losaline Malia Mele Moana Nalani Noelani Palila Puanani Sālote Sefina Sina Tala Talia Telesia Ulani Vailea Walani"
    ),
    men=names(
        "Afa Akamu Alika Etuate Fale Filipe Hoku Ikaika Iokua Kahiau Kaimana Kalani Kaleo Kamaka Kane Kapono Kawika Keahi "
        "Keanu Kekoa Koa Lagi Lanakila Makoa Malakai Mana Nainoa Palani Sione Siaosi Tavita Tevita Toa Viliami"
    ),
    families=names(
        "Ahuna Aiona Akana Alapai Aloiau Apelu Faleafa Fonoti Fuimaono Hauoli Kaaihue Kahale Kahananui Kahele Kaleikini "
        "Kalua Kamaka Kanahele Kauhane Kaupu Kealoha Keawe Kekauoha Lealaitafea Leota Lolo Mahoe Makua Malae Maunakea "
        "Moeava Naeole Nakoa Namauu Opunui Paahana Paleka Pauole Peneueta Puaauli Seumalo Tafuna Taufa Tuiasosopo Tupou "
        "Uluave Vaifanua Vainikolo"
    ),
    race=("pacific",),
)

NATIVE = Culture(
    key="native",
    share=2,
    women=names(
        "Aiyana Alona Awenasa Carla Cheyenne Dakota Della Dena Halona Ina Kaya Kimama Lena Lomasi Lorna Lucille Macawi "
        "Marlene Maylene Mika Nita Nokomis Onawa Ramona Rena Roberta Shania Taini Talulah Tansy Wilma Winona Zaltana Zitkala"
    ),
    men=names(
        "Ahanu Arlo Benny Chayton Clyde Delbert Dustin Elwood Elan Emerson Gerard Hototo Jerrod Kohana Langston Leland "
        "Loren Lyle Makya Mato Merle Misun Myron Nahele Nodin Orville Ouray Raymond Sahale Tate Tokala Wade Wyanet Yancy"
    ),
    families=names(
        "Attean Begaye Bearskin Benally Blackfox Blackwater Bluecloud Brightwater Cloudman Crowe Eaglestaff Fastwolf "
        "Fireheart Goodvoice Graywolf Greencrow Hollowhorn Lightfoot Littlebird Longbow Manygoats Nightwalker Oldcoyote "
        "Peltier Pinewood Quickbear Redcorn Redhorn Runningwater Silverheel Skenandore Smallwood Springwater Standing_Elk "
        "Stonecalf Sweetgrass Swiftwater Tallchief Thundercloud Tsosie Twostar Whitecalf Whitefeather Yazzie Yellowrobe"
    ),
    race=("native",),
)
